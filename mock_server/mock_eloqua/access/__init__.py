"""Who is calling, what they may do, and how much: every answer is a verdict that the faces render."""
