"""What a careful colleague would point out in a text before readers see it."""
