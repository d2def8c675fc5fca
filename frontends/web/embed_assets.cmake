# Writes assets.c: cmake -DFROM=assets -DOPENAPI=openapi.yaml -DTO=assets.c -P embed_assets.cmake
function(octets text variable)
	string(HEX "${text}" hex)
	octets_of_hex("${hex}" bytes)
	set(${variable} "${bytes}" PARENT_SCOPE)
endfunction()

function(octets_of_hex hex variable)
	string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
	string(REPEAT "0x..," 16 sixteen)
	string(REGEX REPLACE "(${sixteen})" "\t\\1\n" bytes "${bytes}")
	set(${variable} "${bytes}" PARENT_SCOPE)
endfunction()

# Base64 (RFC 4648) of the 64 hexadecimal digits of a SHA-256.
function(base64_of_sha256 hex variable)
	set(alphabet "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
	set(text "")
	foreach(at RANGE 0 63 3)
		string(SUBSTRING "${hex}00" ${at} 3 digits)
		math(EXPR high "0x${digits} >> 6")
		math(EXPR low "0x${digits} & 63")
		string(SUBSTRING "${alphabet}" ${high} 1 first)
		string(SUBSTRING "${alphabet}" ${low} 1 second)
		string(APPEND text "${first}${second}")
	endforeach()
	string(SUBSTRING "${text}" 0 43 text)
	set(${variable} "${text}=" PARENT_SCOPE)
endfunction()

# A semicolon would split a CMake list; nothing below treats the text as one.
file(READ ${FROM}/style.css style)
string(REGEX REPLACE "/\\*[^*]*\\*/" "" style "${style}")
string(REGEX REPLACE "[\t\n]+" "" style "${style}")
foreach(mark "{" "}" ":" "," ";")
	if(NOT mark STREQUAL ":")
		string(REPLACE " ${mark}" "${mark}" style "${style}")
	endif()
	string(REPLACE "${mark} " "${mark}" style "${style}")
endforeach()
string(REPLACE ";}" "}" style "${style}")
string(SHA256 hash "${style}")
base64_of_sha256(${hash} hash)
octets("${style}" style_octets)
file(READ ${FROM}/script.js script)
string(REGEX REPLACE "/\\*[^*]*\\*/" "" script "${script}")
string(REGEX REPLACE "[\t\n]+" "" script "${script}")
string(SHA256 script_hash "${script}")
base64_of_sha256(${script_hash} script_hash)
octets("${script}" script_octets)
file(READ ${FROM}/favicon.svg icon)
octets("${icon}" icon_octets)
file(READ ${FROM}/favicon.ico favicon HEX)
octets_of_hex("${favicon}" favicon_octets)
file(READ ${FROM}/apple-touch-icon.png touch_icon HEX)
octets_of_hex("${touch_icon}" touch_icon_octets)
# It is JSON but for its first line, a comment; a line end is never within a string.
file(READ ${OPENAPI} openapi)
string(REGEX REPLACE "^#[^\n]*\n" "" openapi "${openapi}")
string(REGEX REPLACE "\n *" "" openapi "${openapi}")
octets("${openapi}" openapi_octets)
include(${CMAKE_CURRENT_LIST_DIR}/about/api_html.cmake)
octets("${api_html}" api_octets)
file(WRITE ${TO} "#include \"frontends/web/assets.h\"

const char assets_style[] = {
${style_octets}};
const size_t assets_style_length = sizeof assets_style;
const char assets_style_hash[] = \"${hash}\";

const char assets_script[] = {
${script_octets}};
const size_t assets_script_length = sizeof assets_script;
const char assets_script_hash[] = \"${script_hash}\";

const char assets_icon[] = {
${icon_octets}};
const size_t assets_icon_length = sizeof assets_icon;

const unsigned char assets_favicon[] = {
${favicon_octets}};
const size_t assets_favicon_length = sizeof assets_favicon;

const unsigned char assets_touch_icon[] = {
${touch_icon_octets}};
const size_t assets_touch_icon_length = sizeof assets_touch_icon;

const char assets_openapi[] = {
${openapi_octets}};
const size_t assets_openapi_length = sizeof assets_openapi;

const char assets_api[] = {
${api_octets}};
const size_t assets_api_length = sizeof assets_api;
")
