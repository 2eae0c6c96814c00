"""What is right when applications are opened and checked."""
