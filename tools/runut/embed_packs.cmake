# Writes OUTPUT: the regulation packs under PACKS as raw string literals, so that the binary needs no
# other file. cmake -DPACKS=dir -DOUTPUT=file -P embed_packs.cmake
file(GLOB files RELATIVE ${PACKS} ${PACKS}/*/*.json)
list(SORT files)
set(text "// Made by embed_packs.cmake.\n#include \"tools/runut/packs.h\"\n\nnamespace runut::cli {\n\n")
string(APPEND text "const std::vector<EmbeddedFile>& embedded_files() {\n  static const std::vector<EmbeddedFile> files = {\n")
foreach(file ${files})
  get_filename_component(pack ${file} DIRECTORY)
  get_filename_component(name ${file} NAME)
  file(READ ${PACKS}/${file} content)
  string(APPEND text "    {\"${pack}\", \"${name}\", R\"runutpack(${content})runutpack\"},\n")
endforeach()
string(APPEND text "  };\n  return files;\n}\n\n}  // namespace runut::cli\n")
file(WRITE ${OUTPUT} "${text}")
