# The Debian package: cpack -G DEB, in a release build.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME quoted)
# Whoever gives the package to others is its maintainer: cpack -D CPACK_PACKAGE_CONTACT="NAME <ADDRESS>".
set(CPACK_PACKAGE_CONTACT "The quoted authors <root@localhost>")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "quote daemon for QOTD, the web, mail and IRC")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
	"One process serves quotes from fortune files over QOTD (RFC 865), the web, mail
and IRC at once, and at the shell. As installed it serves this machine only:
QOTD on port 1717 and a web page on port 8017.")
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# The same choice as dh_installsysusers makes.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "systemd | systemd-standalone-sysusers | systemd-sysusers, tzdata")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "ca-certificates, fortunes-min")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "fortunes, default-mta | mail-transport-agent")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA)
foreach(name conffiles postinst prerm postrm)
	list(APPEND CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_CURRENT_LIST_DIR}/${name})
endforeach()
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/stage.cmake)
include(CPack)
