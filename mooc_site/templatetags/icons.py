"""The drawings behind {% icon %}: 24 by 24, lines of 1.75, no fill of their own."""

ICONS = {
    "arrow": '<path d="M5 12h14M13.5 6.5L19 12l-5.5 5.5"/>',
    "book": '<path d="M12 6.5C10 5 7 4.5 3.5 4.75v13C7 17.5 10 18 12 19.5c2-1.5 5-2 8.5-1.75v-13'
    'C17 4.5 14 5 12 6.5zM12 6.5v13"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10.5h16M8.5 3.5v4M15.5 3.5v4"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "chevron-down": '<path d="M6 9.5l6 6 6-6"/>',
    "chevron-up": '<path d="M6 14.5l6-6 6 6"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.5l3.5 2"/>',
    "close": '<path d="M6 6l12 12M18 6L6 18"/>',
    "download": '<path d="M12 4v11M7.5 11l4.5 4.5L16.5 11M5 20h14"/>',
    "eye": '<path d="M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.8 6.5-9.5 6.5'
    'S5 16.5 2.5 12z"/><circle cx="12" cy="12" r="3"/>',
    "flag": '<path d="M5.5 21V4h12l-2.5 4.5 2.5 4.5h-12"/>',
    "headphones": '<path d="M4 15v-2.5a8 8 0 0 1 16 0V15M4 15h3.5v5H6a2 2 0 0 1-2-2zM20 15h-3.5v5H18'
    'a2 2 0 0 0 2-2z"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.5v.5"/>',
    "letter": '<path d="M3.5 6h17v12.5h-17zM3.5 7l8.5 6.5L20.5 7"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3.3-3.3a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0'
    'L5 13.3A4 4 0 0 0 10.7 19l1.3-1.3"/>',
    "lock": '<path d="M5.5 11h13v9h-13zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
    "more": '<circle cx="5.5" cy="12" r="1.4" fill="currentColor"/><circle cx="12" cy="12" r="1.4" '
    'fill="currentColor"/><circle cx="18.5" cy="12" r="1.4" fill="currentColor"/>',
    "page": '<path d="M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12h6M9 15.5h6"/>',
    "pencil": '<path d="M4 20l1-4.5L16.5 4a1.8 1.8 0 0 1 2.5 0l1 1a1.8 1.8 0 0 1 0 2.5L8.5 19z"/>',
    "people": '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c.5-4 3-5.5 6.5-5.5s6 1.5 6.5 5.5'
    'M16 5.3a3.5 3.5 0 0 1 0 6.4M18 14.5c2 .6 3.2 2.2 3.5 5"/>',
    "person": '<circle cx="12" cy="8.5" r="4"/><path d="M4.5 20.5c.6-5 3.4-6.5 7.5-6.5s6.9 1.5 7.5 6.5"/>',
    "pin": '<path d="M9 3.5h6l-.8 6 3.3 4h-11l3.3-4zM12 13.5v7"/>',
    "play": '<path d="M8 5.5v13l10.5-6.5z" fill="currentColor" stroke="none"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 8.5V4h10v4.5M7 17H4V8.5h16V17h-3M7 14h10v6.5H7z"/>',
    "quiet": '<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/>',
    "quote": '<path d="M10 7.5C7 8.5 5 11 5 14.5V17h5v-5H7.5M19 7.5c-3 1-5 3.5-5 7V17h5v-5h-2.5"/>',
    "reply": '<path d="M9.5 6L4 11.5 9.5 17M4.5 11.5H14c4 0 6 2 6 6.5"/>',
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5"/>',
    "shelf": '<path d="M3 20.5h18M5 17V6h3.5v11zM11 17V4h3v13zM16.5 17l-.5-9 3.5-.5.8 9.5z"/>',
    "talk": '<path d="M4 5h16v11H11l-4.5 4v-4H4z"/>',
    "warning": '<path d="M12 4.5l8.5 15h-17zM12 10v4.5M12 17v.2"/>',
}
ICONS |= {"open-book": ICONS["book"], "moon": ICONS["quiet"]}
