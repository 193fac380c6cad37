use std::time::Duration;

use crate::control::RequestError;

/// How long a request has that does not say.
const DEFAULT: Duration = Duration::from_secs(60);

/// The longest that a request can ask for; nobody waits longer.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The time that a request has, from its field in seconds.
pub fn duration(seconds: Option<i64>) -> Duration {
    match seconds.and_then(|seconds| u64::try_from(seconds).ok()) {
        None | Some(0) => DEFAULT,
        Some(seconds) => Duration::from_secs(seconds).min(LONGEST),
    }
}

/// Waits for something, and fails in the words of go when the time is up.
pub async fn within<T>(
    time: Duration,
    words: &str,
    future: impl Future<Output = Result<T, RequestError>>,
) -> Result<T, RequestError> {
    tokio::time::timeout(time, future)
        .await
        .unwrap_or_else(|_| Err(RequestError::timeout(words)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_zero_and_negative_are_a_minute() {
        for seconds in [None, Some(0), Some(-1), Some(i64::MIN)] {
            assert_eq!(duration(seconds), DEFAULT);
        }
        assert_eq!(duration(Some(2)), Duration::from_secs(2));
        assert_eq!(duration(Some(i64::MAX)), LONGEST);
    }

    #[tokio::test]
    async fn the_end_of_the_time_is_told_behind_the_words() {
        let never = std::future::pending::<Result<(), RequestError>>();
        let error = within(Duration::ZERO, "failed to dial: ", never).await;
        assert_eq!(
            error.unwrap_err().message,
            "failed to dial: context deadline exceeded"
        );
    }
}
