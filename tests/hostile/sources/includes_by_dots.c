#include "../../../../../../../../etc/passwd"
