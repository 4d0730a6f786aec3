"""The app without sockets: a request in, a response out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from http import HTTPStatus

from contracts.clock import Clock
from stack.palm.keys import Entropy
from stack.web.asked import Asked
from stack.web.deeds import DEEDS
from stack.web.exchange import Request, Response, cookie, see
from stack.web.files import PREFIX, static
from stack.web.fill import Html
from stack.web.guard import HEADERS, is_ours
from stack.web.looks import PAGES, PARTS, RECEIPTS, one_receipt
from stack.web.pages.door import sign_in, trouble
from stack.web.pages.frame import Page, framed
from stack.web.sessions import LIFE_NS, Session, Sessions
from stack.web.shopfront import Shopfront
from stack.web.sign_ins import SignIns, Wrong
from stack.web.words import LANGUAGES, Words, chosen, words

SESSION, LANGUAGE = "session", "language"
SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
YEAR_S = 365 * 24 * 3600


class App:
    """All pages of one store.

    Args:
        shop: the store.
        clock: the server's own, for how long somebody stays signed in.
        entropy: `secrets.token_bytes` outside tests.
        used: told whose one-time code was used, so that they can be given another.
    """

    def __init__(self, shop: Shopfront, clock: Clock, entropy: Entropy, used: Callable[[str], None]) -> None:
        self._shop, self._clock, self._used = shop, clock, used
        self._sessions, self.sign_ins = Sessions(entropy), SignIns(entropy)

    def answer(self, request: Request, hosts: frozenset[str]) -> Response:
        """Return what a browser gets.

        Args:
            request: what it asks.
            hosts: the names under which this server is meant.
        """
        speaks = words(chosen(request.cookie(LANGUAGE), request.header("accept-language")))
        if not is_ours(request, hosts):
            response = _shown(speaks, trouble(speaks, "trouble.forbidden", HTTPStatus.FORBIDDEN), request)
        else:
            response = self._answer(request, speaks)
        return response.having(*HEADERS)

    def broken(self, request: Request) -> Response:
        """Return what a browser gets when answering it failed."""
        speaks = words(chosen(request.cookie(LANGUAGE), request.header("accept-language")))
        page = trouble(speaks, "trouble.broken", HTTPStatus.INTERNAL_SERVER_ERROR)
        return _shown(speaks, page, request).having(*HEADERS)

    def _answer(self, request: Request, speaks: Words) -> Response:
        if request.path.startswith(PREFIX) and request.method == "GET":
            file = static(request.path.removeprefix(PREFIX))
            return file or _shown(speaks, trouble(speaks, "trouble.missing", HTTPStatus.NOT_FOUND), request)
        if request.method == "GET" and request.query.get("lang") in LANGUAGES:
            return see(request.path).having(cookie(LANGUAGE, request.query["lang"], age_s=YEAR_S))
        session = self._sessions.find(request.cookie(SESSION), self._clock.now_ns)
        if request.path == SIGN_IN:
            return self._sign_in(request, speaks)
        if session is None or session.account not in self._shop.accounts():
            fetched = request.path in PARTS
            return Response(HTTPStatus.UNAUTHORIZED) if fetched else see(SIGN_IN)
        asked = Asked(request, session, speaks, self._shop, self._sessions.new_form)
        return self._look(asked) if request.method == "GET" else self._do(asked)

    def _sign_in(self, request: Request, speaks: Words) -> Response:
        if request.method == "GET":
            return _shown(speaks, sign_in(speaks, request.query.get("code", "")), request)
        code = request.form.get("code", "")
        account = self.sign_ins.redeem(code, self._clock.now_ns)
        if isinstance(account, Wrong):
            status = HTTPStatus.TOO_MANY_REQUESTS if account is Wrong.TOO_OFTEN else HTTPStatus.UNPROCESSABLE_ENTITY
            return _shown(speaks, sign_in(speaks, code, account.value, status), request)
        self._sessions.close(request.cookie(SESSION))
        token = self._sessions.open(account, self._clock.now_ns)
        self._used(account)
        return see("/").having(cookie(SESSION, token, age_s=LIFE_NS // 10**9))

    def _look(self, asked: Asked) -> Response:
        path = asked.request.path
        if path in PARTS:
            return _part(PARTS[path](asked), asked.request)
        look = one_receipt if path.startswith(RECEIPTS) else PAGES.get(path)
        if look is None:
            wrong_way = path in DEEDS or path == SIGN_OUT
            key, status = ("method", HTTPStatus.METHOD_NOT_ALLOWED) if wrong_way else ("missing", HTTPStatus.NOT_FOUND)
            return self._page(asked, trouble(asked.words, f"trouble.{key}", status))
        return self._page(asked, look(asked))

    def _do(self, asked: Asked) -> Response:
        path = asked.request.path
        if path not in DEEDS and path != SIGN_OUT:
            return self._page(asked, trouble(asked.words, "trouble.method", HTTPStatus.METHOD_NOT_ALLOWED))
        if not asked.session.proves(asked.form("csrf")):
            return self._page(asked, trouble(asked.words, "trouble.forbidden", HTTPStatus.FORBIDDEN))
        if path == SIGN_OUT:
            self._sessions.close(asked.request.cookie(SESSION))
            return see(SIGN_IN).having(cookie(SESSION, "", age_s=0))
        done = DEEDS[path](asked)
        return done if isinstance(done, Response) else self._page(asked, done)

    def _page(self, asked: Asked, page: Page) -> Response:
        return _shown(asked.words, page, asked.request, asked.session)


def _shown(speaks: Words, page: Page, request: Request, session: Session | None = None) -> Response:
    path = request.path if request.path in PAGES or request.path.startswith((RECEIPTS, SIGN_IN)) else ""
    whole = framed(speaks, page, path, signed_in=session is not None)
    return Response(page.status, whole.encode())


def _part(part: Html, request: Request) -> Response:
    """Return a part of a page, or that it is still what the browser has."""
    body = part.encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    if request.header("if-none-match") == tag:
        return Response(HTTPStatus.NOT_MODIFIED, headers=(("ETag", tag),))
    return Response(HTTPStatus.OK, body, headers=(("ETag", tag),))
