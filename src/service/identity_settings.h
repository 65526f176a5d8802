// The table `identity` of the settings' file:
//
//   [[identity.issuer]]
//   issuer = "https://sso.kota.example"
//   audience = "runut"                  # or a list
//   keys = "https://sso.kota.example/jwks"   # or a file
//   roles = "runut.grants"              # where in the token: ["hr@U3", "auditor"]
//   person = "person"                   # "P17"
//
//   [[identity.certificate]]
//   subject = "CN=payroll,O=Kota"
//   grants = ["integrator"]
#pragma once

#include "identity/authenticator.h"

namespace runut::service {

// invalid_input (service.setting): an unknown key, another type, or no grant.
[[nodiscard]] Result<identity::AuthenticatorOptions> read_identity(const std::string& toml);

}  // namespace runut::service
