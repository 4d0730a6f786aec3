"""Version 1 of the wire format; the generated modules stand beside their .proto files (`ci/protoc`)."""
