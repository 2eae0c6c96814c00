"""Tests of the slice organisations."""
