"""Who may do what: accounts and logins, tokens of forms, and slowing down those who guess."""
