# Writes OUTPUT, which defines the revision of the sources in SOURCE; leaves it alone if it has not
# changed, so that nothing is built anew.
set(revision "$ENV{QUOTED_REVISION}")
if(NOT revision)
	# An unpacked archive can be inside of another project's repository.
	execute_process(COMMAND git -C ${SOURCE} rev-parse --show-toplevel
		OUTPUT_VARIABLE top OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
	if(top STREQUAL SOURCE)
		execute_process(COMMAND git -C ${SOURCE} describe --always --dirty --tags
			OUTPUT_VARIABLE revision OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
	endif()
endif()
if(NOT revision MATCHES "^[-+.~0-9A-Za-z]+$")
	set(revision unknown)
endif()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[#include "config/revision.h"

const char revision_text[] = "quoted " QUOTED_VERSION " (@revision@)\n";
]])
