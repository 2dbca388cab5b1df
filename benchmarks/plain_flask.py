"""The form handler that a tutorial would write: Flask, smtplib, a few checks. What `function.py` compares with.

It is honest work of its kind: required fields, a pattern for the address, a letter with Reply-To, an error page. It has
no deadline, no reference, no languages, no second server and no third answer.
"""

from __future__ import annotations

import os
import re
import smtplib
from email.message import EmailMessage
from html import escape

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

app = Flask(__name__)
REQUIRED = ("name", "phone", "email", "address", "consent")


@app.post("/api/inquiry")
def inquiry() -> ResponseReturnValue:
    """Check the form, mail it, say thanks."""
    answers = {name: request.form.get(name, "").strip() for name in (*REQUIRED, "puppy", "message")}
    errors = [f"Please fill in {name}." for name in REQUIRED if not answers[name]]
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", answers["email"]):
        errors.append("Please check your email address.")
    if errors:
        return "<ul>" + "".join(f"<li>{escape(error)}</li>" for error in errors) + "</ul>", 422
    letter = EmailMessage()
    letter["Subject"] = f"Inquiry from {answers['name']}"
    letter["From"], letter["To"] = os.environ["INQUIRY_FROM"], os.environ["INQUIRY_TO"]
    letter["Reply-To"] = answers["email"]
    letter.set_content("\n".join(f"{name}: {value}" for name, value in answers.items()))
    with smtplib.SMTP("127.0.0.1") as server:
        server.send_message(letter)
    return redirect("/thank-you/", 303)
