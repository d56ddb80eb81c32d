# cmake -DINPUT=page.md -DOUTPUT=page.cpp -DVARIABLE=kPage -DHEADER=path.h -P SodcEmbedText.cmake
# Writes a text file as a std::string_view of namespace sodc. A missing file is empty.
set(text "")
if(EXISTS "${INPUT}")
  file(READ "${INPUT}" text)
endif()
file(WRITE "${OUTPUT}.new" "#include \"${HEADER}\"\n\nnamespace sodc {\n
const std::string_view ${VARIABLE} = R\"~~~~(${text})~~~~\";\n\n}  // namespace sodc\n")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)
