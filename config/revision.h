/** Which sources the program was built from. */
#ifndef QUOTED_CONFIG_REVISION_H
#define QUOTED_CONFIG_REVISION_H

/**
 * What --version prints: "quoted 0.1.0 (97c8bb1)" and a line feed. The revision is that of git
 * describe, or of the environment variable QUOTED_REVISION while building; "unknown" outside of
 * git. config/revision.cmake writes the file that defines it.
 */
extern const char revision_text[];

#endif
