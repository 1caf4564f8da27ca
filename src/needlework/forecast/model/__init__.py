"""The response of skin to a course of microneedling, as one small model.

    parameters  what the model does not know: each with its unit, its prior and where that comes from
    dose        punctures → dermis reached, beside one reference session
    gains       dose → signal of each session; a session soon after another may find skin still refractory
    kinetics    signal → macrophages → fibroblasts → collagen III and I → organisation, in closed form
    solving     the same equations by matrix exponentials, where two rates are too near for the closed form
    courses     many courses at once: a state, or the improvement, at given days
    spread      how clinics and people differ from the middle of the literature
    barrier     channels that close within hours, and redness and swelling that go within days

Time is in days unless a name says hours. One reference session (1.5 mm, 250 punctures per cm²) on rested skin puts one
unit of signal into the skin. Arrays have a first axis of rows: draws of the parameters, or people.
"""
