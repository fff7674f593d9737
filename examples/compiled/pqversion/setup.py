from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            "pqversion",
            ["pqversion.c"],
            include_dirs=["/usr/include/postgresql"],
            libraries=["pq"],
        )
    ]
)
