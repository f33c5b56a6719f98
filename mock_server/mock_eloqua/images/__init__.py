"""The address of images and files: what e-mails and pages show, for anybody."""
