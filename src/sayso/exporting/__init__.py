"""Events in the formats of the tools people use."""
