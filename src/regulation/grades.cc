#include <string_view>

#include "regulation/document.h"

namespace runut {

// PP 11/2017 (golongan I/a to IV/e) and Perpres 98/2020 (PPPK I to XVII).
const std::vector<std::string>& known_grades() {
  static const std::vector<std::string> grades = [] {
    std::vector<std::string> out;
    for (const std::string_view group : {"I", "II", "III", "IV"})
      for (const char room : {'a', 'b', 'c', 'd', 'e'})
        if (room != 'e' || group == "IV") out.push_back(std::string(group) + '/' + room);
    for (const std::string_view number : {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX",
                                          "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"})
      out.push_back("PPPK " + std::string(number));
    return out;
  }();
  return grades;
}

}  // namespace runut
