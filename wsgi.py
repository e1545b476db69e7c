"""What the web server serves."""

from incubator import create_app

app = create_app()
