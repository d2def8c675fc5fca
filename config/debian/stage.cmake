# Gives the installed tree the form that Debian wants, before it is packed.
set(debian ${CMAKE_CURRENT_LIST_DIR})
set(root ${CPACK_TEMPORARY_INSTALL_DIRECTORY})
set(doc ${root}/usr/share/doc/quoted)

file(COPY ${debian}/quoted.conf DESTINATION ${root}/etc/quoted)
file(RENAME ${root}/usr/share/zsh/site-functions ${root}/usr/share/zsh/vendor-completions)
file(RENAME ${doc}/LICENSE ${doc}/copyright)
file(WRITE ${doc}/changelog "quoted (${CPACK_PACKAGE_VERSION}) unstable; urgency=medium\n\n")
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(APPEND ${doc}/changelog
	"  * See CHANGELOG.md in the sources.\n\n -- ${CPACK_PACKAGE_CONTACT}  ${date}\n")
file(GLOB pages ${root}/usr/share/man/man*/*)
execute_process(COMMAND gzip --best --no-name ${pages} ${doc}/changelog COMMAND_ERROR_IS_FATAL ANY)
