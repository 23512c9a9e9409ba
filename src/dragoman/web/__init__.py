"""The web app: pages to look at records and judge them, and the JSON API."""
