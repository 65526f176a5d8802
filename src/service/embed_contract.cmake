# Writes OUTPUT: the file CONTRACT as raw string literals, so that the binary needs no other file; in pieces, since
# one literal may be 65 536 bytes long. cmake -DCONTRACT=file -DOUTPUT=file -P embed_contract.cmake
file(READ ${CONTRACT} content)
string(LENGTH "${content}" length)
set(text "// Made by embed_contract.cmake.\n#include \"service/contract_routes.h\"\n\nnamespace runut::service {\n\n")
string(APPEND text "const std::vector<std::string_view>& contract_pieces() {\n  static const std::vector<std::string_view> pieces = {\n")
set(at 0)
while(at LESS length)
  string(SUBSTRING "${content}" ${at} 16000 piece)
  string(APPEND text "    R\"contract(${piece})contract\",\n")
  math(EXPR at "${at} + 16000")
endwhile()
string(APPEND text "  };\n  return pieces;\n}\n\n}  // namespace runut::service\n")
file(WRITE ${OUTPUT} "${text}")
