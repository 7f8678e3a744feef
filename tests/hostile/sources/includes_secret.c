#include "/tmp/syncgrade-hostile-secret"
