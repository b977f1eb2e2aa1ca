"""Sends e-mail by the SMTP server that a workspace's settings name."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage

from homeroom.mail_settings import MailSettings
from homeroom.secrets_file import Secrets, secrets_of
from homeroom.settings import Workspace
from homeroom.web.notices import Mail, Postman

_SECONDS = 20


def postman(workspace: Workspace) -> Postman | None:
    """Who sends e-mail for the pages; None where the settings name no server."""
    settings = workspace.settings()
    if settings.mail is None:
        return None
    also = (settings.mail.to,) if settings.mail.to else ()
    return Postman(_sending(settings.mail, secrets_of("mail", workspace.secrets_file)), also, settings.pages_address)


def _sending(settings: MailSettings, secrets: Secrets) -> Callable[[Mail], None]:
    def send(mail: Mail) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = settings.sender, ", ".join(mail.to), mail.subject
        message.set_content(mail.text)
        with _connected(settings) as server:
            if settings.username:
                server.login(settings.username, secrets["password"])
            server.send_message(message)

    return send


def _connected(settings: MailSettings) -> smtplib.SMTP:
    port = int(settings.port)
    if settings.security == "tls":
        return smtplib.SMTP_SSL(settings.server, port, timeout=_SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(settings.server, port, timeout=_SECONDS)
    if settings.security == "starttls":
        server.starttls(context=ssl.create_default_context())
    return server
