"""Every fitted study as an observation. What its page does not say is assumed, and said to be where it is used.

courses  schedules read from the entries
cells    full wounds: macrophages, myofibroblasts, collagen in time
dermis   collagen under the microscope and in imaging, after courses
acne     acne scars
others   wrinkles, stretch marks, and the one trial of spacing (an analogue)
barrier  channels and redness
"""
