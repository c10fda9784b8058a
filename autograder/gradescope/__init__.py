"""Gradescope's autograder for an assignment: the zip that is uploaded, and what runs in it there.

    autograder gradescope ASSIGNMENT ─► dist/<assignment>-autograder.zip
        setup.sh         once, as root, when Gradescope builds the image
        run_autograder   for each submission; starts `autograder.gradescope.run`
        packages/        both packages, without the checks of other assignments
        course/          a course of this assignment alone, released, with its gradebook

Format of the zip and of results.json: gradescope-autograders.readthedocs.io/en/latest/specs/
"""
