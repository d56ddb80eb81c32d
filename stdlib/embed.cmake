# cmake -DMODULES=a.sod|b.sod -DFOLDER=… -DOUTPUT=….cpp -P embed.cmake
# Bytes as hexadecimal numbers: no length limit and no escaping to get wrong.
string(REPLACE "|" ";" modules "${MODULES}")
set(arrays "")
set(table "")
set(number 0)
foreach(module IN LISTS modules)
  file(READ ${FOLDER}/${module} bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
  string(APPEND arrays "constexpr char kModule${number}[] = {${bytes}'\\0'};\n")
  string(APPEND table "    {\"std/${module}\", {kModule${number}, sizeof kModule${number} - 1}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUTPUT} "#include \"stdlib/embedded_modules.h\"

namespace sodc {
namespace {
${arrays}
constexpr EmbeddedModule kModules[] = {
${table}    {{}, {}},
};
}  // namespace

std::span<const EmbeddedModule> EmbeddedModules() { return {kModules, ${number}}; }

}  // namespace sodc
")
