//! Generates the control protocol's messages; protox reads the schema, so that no `protoc` has to be installed.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=../../proto/p2pd.proto");
    let schema = protox::compile(["p2pd.proto"], ["../../proto"])?;
    prost_build::Config::new().compile_fds(schema)?;
    Ok(())
}
