"""Questions to a project and offers of help, from anyone; read by somebody before anybody else sees them."""
