"""A browser on a desk: the app served over a store of made reports, and Debian's Chromium to look at it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from dragoman import reconcile
from dragoman.api import read_reports
from dragoman.domain.report import Report
from dragoman.inputs.reports import reports
from dragoman.store.ingest import ingest
from dragoman.store.opening import Store, open_store
from dragoman.web.app import make_app
from dragoman.web.settings import Settings
