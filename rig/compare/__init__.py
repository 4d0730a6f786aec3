"""What a stack answers, held against what was recorded: the first difference, field by field."""
