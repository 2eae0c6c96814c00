"""What is right about score sheets and what follows from them."""
