"""Answers to quizzes and surveys: what is sent, what is kept, and what pages show of it."""
