"""Tokens, with up to three that were read and given back."""

from collections.abc import Iterator

from generator.engines.gotemplate.lexer import Kind, Token


class Lookahead:
    """A stream of tokens that a parser may look into. Errors are blamed on `ahead[0]`, the token read last."""

    def __init__(self, tokens: Iterator[Token]) -> None:
        self.tokens = tokens
        self.ahead = [Token(Kind.EOF, 0, "")] * 3
        self.peeked = 0

    def next(self) -> Token:
        """Take a token."""
        if self.peeked:
            self.peeked -= 1
        else:
            self.ahead[0] = next(self.tokens)
        return self.ahead[self.peeked]

    def backup(self) -> None:
        """Give the last token back."""
        self.peeked += 1

    def backup2(self, first: Token) -> None:
        """Give back the last token, and one before it."""
        self.ahead[1] = first
        self.peeked = 2

    def backup3(self, first: Token, second: Token) -> None:
        """Give back the last token, and two before it."""
        self.ahead[1] = second
        self.ahead[2] = first
        self.peeked = 3

    def peek(self) -> Token:
        """The next token, left where it is."""
        token = self.next()
        self.backup()
        return token

    def next_word(self) -> Token:
        """Take a token that is no space."""
        token = self.next()
        while token.kind is Kind.SPACE:
            token = self.next()
        return token

    def peek_word(self) -> Token:
        """The next token that is no space; spaces before it are gone."""
        token = self.next_word()
        self.backup()
        return token
