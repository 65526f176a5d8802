// TLS from PEM files: what a server shows, whom it believes, and who a client is said to be.
// Included by the server's sources alone.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "http/server.h"

namespace runut::http {

// Null: TlsOptions has no certificate, so no TLS. invalid_input (http.tls): a file cannot be used,
// which `value` names, or there is a key or an authority without a certificate.
[[nodiscard]] Result<std::shared_ptr<boost::asio::ssl::context>> make_tls_context(
    const TlsOptions& options);

// Subject of the certificate that the client has shown and that was verified (RFC 2253, in UTF-8);
// or empty.
[[nodiscard]] std::string certificate_subject(SSL* tls);

}  // namespace runut::http
