/* pqversion.version() returns the version of the PostgreSQL client library that is loaded. */
#include <Python.h>

#include <libpq-fe.h>

static PyObject *version(PyObject *self, PyObject *args)
{
	(void)self;
	(void)args;
	return PyLong_FromLong(PQlibVersion());
}

static PyMethodDef methods[] = {
	{"version", version, METH_NOARGS, "The version of libpq, from PQlibVersion()."},
	{NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
	PyModuleDef_HEAD_INIT, "pqversion", NULL, -1, methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_pqversion(void)
{
	return PyModule_Create(&module);
}
