//! The folder and the port.

use std::io;
use std::net::Ipv4Addr;
use std::path::Path;

use nix::sys::statvfs::statvfs;
use tokio::net::TcpListener;

use super::Check;

/// Less than this and artifacts will soon find no place.
const LITTLE_SPACE_BYTES: u64 = 1 << 30;

pub(super) fn data_folder(folder: &Path) -> Check {
    const NAME: &str = "Data folder";
    let writable = std::fs::create_dir_all(folder).and_then(|()| {
        // The only way to know on every file system: write something.
        let probe = folder.join(format!(".proscenium-doctor-{}", std::process::id()));
        std::fs::write(&probe, b"writable").and_then(|()| std::fs::remove_file(&probe))
    });
    match writable {
        Ok(()) => Check::ok(NAME, format!("{} is writable", folder.display())),
        Err(error) => Check::missing(
            NAME,
            format!("{} is not writable: {error}", folder.display()),
            "choose another one with --data-dir FOLDER or PROSCENIUM_DATA_DIR",
        ),
    }
}

pub(super) fn free_space(folder: &Path) -> Check {
    const NAME: &str = "Free space";
    // A folder that could not be made has its own line; its file system is the one above.
    let Some(place) = folder.ancestors().find(|place| place.exists()) else {
        return Check::warning(
            NAME,
            "unknown",
            "choose an existing folder with --data-dir FOLDER",
        );
    };
    match statvfs(place) {
        Ok(found) => {
            let bytes = found.blocks_available() * found.fragment_size();
            let detail = format!("{:.1} GiB", bytes as f64 / f64::from(1 << 30));
            if bytes < LITTLE_SPACE_BYTES {
                return Check::warning(
                    NAME,
                    detail,
                    "free some, or choose another folder with --data-dir FOLDER",
                );
            }
            Check::ok(NAME, detail)
        }
        Err(error) => Check::warning(
            NAME,
            format!("unknown: {error}"),
            "see `df` for the data folder",
        ),
    }
}

pub(super) async fn port(port: u16) -> Check {
    let name = format!("Port {port}");
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
        Ok(_) => Check::ok(name, "free"),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Check::warning(
            name,
            "in use, perhaps by a Proscenium that runs already",
            "stop that program, or use another port: proscenium serve --port 8080",
        ),
        Err(error) => Check::warning(
            name,
            error.to_string(),
            "use another port: proscenium serve --port 8080",
        ),
    }
}
