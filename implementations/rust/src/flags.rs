//! Command-line flags as Go's `flag` package reads them, since whatever starts go-libp2p-daemon should start this daemon:
//! `-x v`, `-x=v` and `--x` are the same, a boolean takes its value only behind `=`, the last of several wins, and
//! everything from the first word that is not a flag is ignored.

use std::{collections::HashMap, time::Duration};

/// What the value of a flag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Bool,
    Text,
    Int,
    Duration,
}

/// One flag: its name, what its value is, and the value that it has unless another one is given.
pub type Flag = (&'static str, Kind, &'static str);

/// Why a command line cannot be followed.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FlagError {
    #[error("flag: help requested")]
    Help,
    #[error("bad flag syntax: {0}")]
    Syntax(String),
    #[error("flag provided but not defined: -{0}")]
    Unknown(String),
    #[error("flag needs an argument: -{0}")]
    Missing(String),
    #[error("invalid boolean value {1:?} for -{0}: parse error")]
    InvalidBool(String, String),
    #[error("invalid value {1:?} for flag -{0}: parse error")]
    Invalid(String, String),
}

/// The values of all flags of a table.
#[derive(Debug)]
pub struct Flags(HashMap<&'static str, String>);

impl Flags {
    /// Reads the flags at the start of a command line, given without the program's name.
    pub fn parse(
        table: &[Flag],
        words: impl IntoIterator<Item = String>,
    ) -> Result<Self, FlagError> {
        let mut values: HashMap<_, _> = table
            .iter()
            .map(|(name, _, default)| (*name, (*default).to_owned()))
            .collect();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            let Some(flag) = word.strip_prefix('-').filter(|rest| !rest.is_empty()) else {
                break;
            };
            let flag = flag.strip_prefix('-').unwrap_or(flag);
            if flag.is_empty() {
                break;
            }
            if flag.starts_with(['-', '=']) {
                return Err(FlagError::Syntax(word));
            }
            let (name, value) = match flag.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (flag, None),
            };
            let Some((name, kind, _)) = table.iter().find(|(known, ..)| *known == name) else {
                return Err(match name {
                    "h" | "help" => FlagError::Help,
                    _ => FlagError::Unknown(name.to_owned()),
                });
            };
            let value = match (kind, value) {
                (_, Some(value)) => value,
                (Kind::Bool, None) => "true".to_owned(),
                (_, None) => words
                    .next()
                    .ok_or_else(|| FlagError::Missing((*name).to_owned()))?,
            };
            check(name, *kind, &value)?;
            values.insert(name, value);
        }
        Ok(Self(values))
    }

    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    pub fn bool(&self, name: &str) -> bool {
        parse_bool(self.text(name)).unwrap_or_default()
    }

    pub fn int(&self, name: &str) -> i64 {
        self.text(name).parse().unwrap_or_default()
    }

    pub fn duration(&self, name: &str) -> Duration {
        parse_duration(self.text(name)).unwrap_or_default()
    }

    /// The words of a list, which are separated by commas; the empty text is the empty list.
    pub fn list(&self, name: &str) -> Vec<&str> {
        match self.text(name) {
            "" => Vec::new(),
            text => text.split(',').collect(),
        }
    }
}

/// The text behind `-help`.
pub fn usage(table: &[Flag]) -> String {
    let mut lines = String::from("Usage of p2pd:\n");
    for (name, kind, default) in table {
        let value = match kind {
            Kind::Bool => "",
            Kind::Text => " string",
            Kind::Int => " int",
            Kind::Duration => " duration",
        };
        lines += &match *default {
            "" | "false" | "0" | "0s" => format!("  -{name}{value}\n"),
            default => format!("  -{name}{value} (default {default})\n"),
        };
    }
    lines
}

fn check(name: &str, kind: Kind, value: &str) -> Result<(), FlagError> {
    let valid = match kind {
        Kind::Bool if parse_bool(value).is_none() => {
            return Err(FlagError::InvalidBool(name.to_owned(), value.to_owned()));
        }
        Kind::Bool | Kind::Text => true,
        Kind::Int => value.parse::<i64>().is_ok(),
        Kind::Duration => parse_duration(value).is_some(),
    };
    if valid {
        return Ok(());
    }
    Err(FlagError::Invalid(name.to_owned(), value.to_owned()))
}

fn parse_bool(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

/// Reads what Go's `time.ParseDuration` reads, except for lengths below zero, which no flag has a use for.
fn parse_duration(text: &str) -> Option<Duration> {
    let mut rest = text.strip_prefix('+').unwrap_or(text);
    if rest == "0" {
        return Some(Duration::ZERO);
    }
    if rest.is_empty() {
        return None;
    }
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let end = rest
            .find(|c: char| c.is_ascii_digit() || c == '.')
            .unwrap_or(rest.len());
        seconds += number
            * match &rest[..end] {
                "ns" => 1e-9,
                "us" | "µs" | "μs" => 1e-6,
                "ms" => 1e-3,
                "s" => 1.0,
                "m" => 60.0,
                "h" => 3_600.0,
                _ => return None,
            };
        rest = &rest[end..];
    }
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &[Flag] = &[
        ("listen", Kind::Text, "/unix/tmp/p2pd.sock"),
        ("q", Kind::Bool, "false"),
        ("noise", Kind::Bool, "true"),
        ("connLo", Kind::Int, "256"),
        ("connGrace", Kind::Duration, "2m0s"),
        ("hostAddrs", Kind::Text, ""),
    ];

    fn parse(line: &str) -> Result<Flags, FlagError> {
        Flags::parse(TABLE, line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn defaults_stand_until_a_flag_is_given() {
        let flags = parse("").unwrap();
        assert_eq!(flags.text("listen"), "/unix/tmp/p2pd.sock");
        assert!(flags.bool("noise") && !flags.bool("q"));
        assert_eq!(flags.duration("connGrace"), Duration::from_secs(120));
        assert!(flags.list("hostAddrs").is_empty());
    }

    #[test]
    fn every_spelling_is_read_and_the_last_wins() {
        let flags =
            parse("-listen /unix/a --listen=/unix/b -q -noise=false -connLo 7 -hostAddrs=/a,/b")
                .unwrap();
        assert_eq!(flags.text("listen"), "/unix/b");
        assert!(flags.bool("q") && !flags.bool("noise"));
        assert_eq!(flags.int("connLo"), 7);
        assert_eq!(flags.list("hostAddrs"), ["/a", "/b"]);
    }

    #[test]
    fn a_boolean_takes_no_value_from_the_next_word_where_reading_ends() {
        let flags = parse("-noise false -q").unwrap();
        assert!(flags.bool("noise") && !flags.bool("q"));
    }

    #[test]
    fn faults_are_told_in_the_words_of_go() {
        for (line, words) in [
            ("-nosuchflag", "flag provided but not defined: -nosuchflag"),
            (
                "-q=maybe",
                "invalid boolean value \"maybe\" for -q: parse error",
            ),
            (
                "-connGrace 5",
                "invalid value \"5\" for flag -connGrace: parse error",
            ),
            (
                "-connLo many",
                "invalid value \"many\" for flag -connLo: parse error",
            ),
            ("-listen", "flag needs an argument: -listen"),
            ("---q", "bad flag syntax: ---q"),
            ("-h", "flag: help requested"),
        ] {
            assert_eq!(parse(line).unwrap_err().to_string(), words);
        }
    }

    #[test]
    fn durations_are_those_of_go() {
        for (text, seconds) in [
            ("1m30s", 90.0),
            ("100ms", 0.1),
            ("1.5h", 5_400.0),
            ("0", 0.0),
        ] {
            assert_eq!(
                parse_duration(text),
                Some(Duration::from_secs_f64(seconds)),
                "{text}"
            );
        }
        for text in ["", "5", "s", "-1s", "1.2.3s", "1y"] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }
}
