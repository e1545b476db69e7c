"""Every address of this room."""

from incubator.privacy.routes_copy import bp as copies
from incubator.privacy.routes_erasure import bp as erasure
from incubator.privacy.routes_notice import bp as notice
from incubator.privacy.routes_photos import bp as photos
from incubator.privacy.routes_register import bp as data_register

blueprints = (copies, erasure, notice, photos, data_register)
