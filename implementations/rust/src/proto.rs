//! The messages of `proto/p2pd.proto`.

#![allow(clippy::all, missing_docs)]

include!(concat!(env!("OUT_DIR"), "/p2pd.pb.rs"));
