/// A request that failed: what the client reads in the ERROR response. The texts are go-libp2p-daemon's, since programs
/// compare them; the codes are those of `ErrorResponse.code`.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("{message}")]
pub struct RequestError {
    pub code: &'static str,
    pub message: String,
}

impl RequestError {
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    pub fn malformed(message: impl Into<String>) -> Self {
        Self::new("ERR_REQUEST_MALFORMED", message)
    }

    /// A part of the request that its type calls for is not there.
    pub fn missing_parameters() -> Self {
        Self::malformed("Malformed request; missing parameters")
    }

    pub fn missing(parameter: &str) -> Self {
        Self::malformed(format!("Malformed request; missing {parameter} parameter"))
    }

    pub fn unexpected() -> Self {
        Self::new("ERR_REQUEST_UNKNOWN", "Unexpected request")
    }

    pub fn not_enabled(what: &str) -> Self {
        Self::new("ERR_NOT_ENABLED", format!("{what} not enabled"))
    }

    pub fn timeout(before: &str) -> Self {
        Self::new("ERR_TIMEOUT", format!("{before}context deadline exceeded"))
    }

    pub fn not_found() -> Self {
        Self::new("ERR_NOT_FOUND", "routing: not found")
    }

    pub fn dial(reason: impl std::fmt::Display) -> Self {
        Self::new("ERR_DIAL", format!("failed to dial: {reason}"))
    }
}
