"""The drawing kit of the demo: plans in, slides, pictures and two short films out.

motifs.py    small drawings, one function each, in a box of 200 by 200
layouts.py   colours, type and one function for each layout of a slide
pictures.py  four larger pictures for texts
films.py     two films, a frame at a time
render.py    SVG to PNG and MP4, what is up to date, and the command (bin/draw)
"""
