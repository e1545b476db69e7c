"""The program for programs: what is public to read, and what leads and mentors write with their own keys."""
