"""A stand-in for Resend: its API, its errors, its webhooks. Mails go into a folder, to nobody else."""

from .fake import ResendFake

__all__ = ["ResendFake"]
