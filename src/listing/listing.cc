#include "listing/listing.h"

#include <algorithm>

namespace runut::listing {

std::vector<TextColumn> Form::text_columns() const {
  std::vector<TextColumn> out;
  for (const Column& column : columns)
    out.push_back({std::string(column.name), column.type != ColumnType::text});
  return out;
}

std::vector<TextColumn> Form::wire_columns() const {
  std::vector<TextColumn> out = text_columns();
  for (std::size_t i = 0; i < out.size(); ++i)
    if (columns[i].type == ColumnType::sequence || columns[i].type == ColumnType::points)
      out[i].number = false;
  return out;
}

const Form& Listing::form_for(const Arguments& arguments) const {
  const auto chosen = std::find_if(forms.begin() + 1, forms.end(),
                                   [&](const Form& form) { return arguments.has(form.chosen_by); });
  return chosen == forms.end() ? forms.front() : *chosen;
}

const Parameter* Listing::parameter(std::string_view parameter) const {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const Parameter& one) { return one.name == parameter; });
  return found == parameters.end() ? nullptr : &*found;
}

}  // namespace runut::listing
