"""What happens to a call: made and edited, its files, its way to publication and beyond."""
