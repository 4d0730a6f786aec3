"""What is paid, and how: holds at the entry, receipts of those who walked out, sales at tills, what the app asks."""
