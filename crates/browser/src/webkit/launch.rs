//! Starting MiniBrowser on a private screen, with nothing of it outside its profile folder.

use std::ffi::OsString;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};

use crate::Result;
use crate::capability::Capability;
use crate::error::BrowserError;
use crate::launch::process::{BrowserProcess, Program};
use crate::loudspeaker;
use crate::options::{ColorScheme, ContextOptions, Engine};
use crate::progress::Progress;
use crate::webkit::connection::Connection;
use crate::webkit::socket;
use crate::xvfb::display::Display;
use crate::xvfb::focus;

/// Pixels of the private screen: every window has to fit, and only what is drawn costs memory.
pub(crate) const SCREEN: (u32, u32) = (2560, 2160);

/// Where distributions put the GTK 3 build of MiniBrowser, below the folders of libraries and helpers. The GTK 4
/// build is none of them: when it is automated it leaves its proxy out.
const PROGRAMS: [&str; 2] = ["webkit2gtk-4.1/MiniBrowser", "webkit2gtk-4.0/MiniBrowser"];

/// Time between two attempts to reach a socket whose opening nothing tells.
const KNOCK: Duration = Duration::from_millis(10);

/// A running MiniBrowser with its screen. Dropping it kills both processes.
pub(crate) struct Running {
    pub(crate) process: BrowserProcess,
    pub(crate) display: Display,
}

/// What to start and where it may write.
pub(crate) struct Place<'a> {
    pub(crate) executable: &'a Path,
    pub(crate) extra_args: &'a [String],
    /// The socket that it is heard on.
    pub(crate) loudspeaker: Option<&'a Path>,
    /// For everything that the browser keeps.
    pub(crate) folder: &'a Path,
    pub(crate) downloads: &'a Path,
}

/// The MiniBrowser to start.
pub(crate) fn choose(executable: Option<&Path>) -> Result<PathBuf> {
    if let Some(path) = executable {
        return Ok(path.to_owned());
    }
    find().ok_or_else(|| BrowserError::NotFound {
        looked_for: PROGRAMS.map(str::to_owned).into(),
    })
}

/// The stock WebKit browser that is installed, if any: WebKitGTK's MiniBrowser.
pub fn find() -> Option<PathBuf> {
    let libraries = std::fs::read_dir("/usr/lib").into_iter().flatten();
    let folders = libraries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .chain(["/usr/lib", "/usr/lib64", "/usr/libexec"].map(PathBuf::from));
    let folders: Vec<PathBuf> = folders.collect();
    PROGRAMS
        .iter()
        .flat_map(|program| folders.iter().map(move |folder| folder.join(program)))
        .find(|program| program.is_file())
}

/// Starts a browser for one context and connects to its inspector.
pub(crate) async fn start(
    progress: &Progress,
    place: &Place<'_>,
    options: &ContextOptions,
) -> Result<(Running, Connection)> {
    let executable = place.executable;
    let display = Display::start(progress, SCREEN.0, SCREEN.1).await?;
    keep_focus(&display, executable).await?;
    let address = free_address().await.map_err(|error| BrowserError::Launch {
        executable: executable.to_owned(),
        reason: error.to_string(),
        output: Vec::new(),
    })?;
    progress.log(format!("starting {}", executable.display()));
    let process = BrowserProcess::run(Program {
        executable,
        arguments: arguments(options, place.extra_args),
        environment: environment(place, &display, address, options)?,
        files: Vec::new(),
    })
    .await?;
    let running = Running { process, display };
    let stream = tokio::select! {
        stream = progress.race("starting the browser", knock(address)) => stream?,
        () = running.process.exited() => {
            return Err(running.process.did_not_start(executable, BrowserError::Disconnected));
        }
    };
    let (connection, outgoing) = Connection::new();
    let (from, to) = stream.into_split();
    tokio::spawn(socket::write_all(to, outgoing));
    let reader = connection.clone();
    tokio::spawn(async move {
        socket::read_all(from, |name, body| reader.deliver(name, body)).await;
        reader.close();
    });
    Ok((running, connection))
}

/// Before there is a window, so that none is missed.
async fn keep_focus(display: &Display, executable: &Path) -> Result<()> {
    let name = display.name().to_owned();
    let kept = tokio::task::spawn_blocking(move || focus::keep(&name)).await;
    let reason = match kept {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(error)) => error.to_string(),
        Err(error) => error.to_string(),
    };
    Err(BrowserError::Launch {
        executable: executable.to_owned(),
        reason: format!("its screen has no focus to give: {reason}"),
        output: Vec::new(),
    })
}

impl Running {
    /// Kills the browser and its screen, at once.
    pub(crate) fn kill(&self) {
        self.process.kill();
        self.display.kill();
    }
}

/// Whether a process that was started without options will do.
pub(crate) fn is_plain(options: &ContextOptions) -> bool {
    options.proxy.is_none()
        && options.user_agent.is_none()
        && options.timezone.is_none()
        && options.locale.is_none()
        && options.color_scheme.is_none()
        && options.downloads_dir.is_none()
        && !options.ignore_https_errors
        && options
            .viewport
            .is_none_or(|viewport| viewport.device_scale_factor < 2.0)
}

/// The options that stock WebKitGTK has nothing for.
pub(crate) fn refuse_what_it_cannot(options: &ContextOptions) -> Result<()> {
    let unsupported = |capability: Capability| {
        Err(BrowserError::Unsupported {
            engine: Engine::WebKit,
            capability,
        })
    };
    if let Some(viewport) = options.viewport {
        viewport.check(Engine::WebKit)?;
    }
    if !options.permissions.is_empty() {
        return unsupported(Capability::Permissions);
    }
    if options.offline.is_some() {
        return unsupported(Capability::OfflinePages);
    }
    if options.stage_script.is_some() {
        return unsupported(Capability::FramesOnCommand);
    }
    if options.transparent {
        return unsupported(Capability::TransparentPages);
    }
    Ok(())
}

fn arguments(options: &ContextOptions, extra: &[String]) -> Vec<String> {
    let mut arguments = vec![
        "--automation".to_owned(),
        // Pages restored from memory would skip events.
        "--enable-page-cache=false".to_owned(),
    ];
    if let Some(proxy) = options.proxy {
        // It has no list of hosts that go around it unless it is given one: loopback goes through it as well.
        arguments.push(format!("--proxy=http://{proxy}"));
    }
    if let Some(agent) = &options.user_agent {
        arguments.push(format!("--user-agent={agent}"));
    }
    if let Some(timezone) = &options.timezone {
        arguments.push(format!("--time-zone={timezone}"));
    }
    if options.ignore_https_errors {
        arguments.push("--ignore-tls-errors".to_owned());
    }
    arguments.extend_from_slice(extra);
    arguments
}

/// The folders are all inside the profile: nothing outside it is touched.
fn environment(
    place: &Place<'_>,
    display: &Display,
    address: SocketAddr,
    options: &ContextOptions,
) -> Result<Vec<(&'static str, OsString)>> {
    let home = place.folder;
    let downloads = place.downloads;
    let mut environment: Vec<(&'static str, OsString)> = vec![
        ("DISPLAY", display.name().into()),
        ("WEBKIT_INSPECTOR_SERVER", address.to_string().into()),
        // Four times less work for the processor where there is no GPU.
        ("WEBKIT_DISABLE_DMABUF_RENDERER", "1".into()),
        ("GDK_BACKEND", "x11".into()),
        // It neither looks for a desktop nor leaves settings in one.
        ("GSETTINGS_BACKEND", "memory".into()),
        ("GIO_USE_VFS", "local".into()),
        ("GTK_USE_PORTAL", "0".into()),
        ("NO_AT_BRIDGE", "1".into()),
        ("DBUS_SESSION_BUS_ADDRESS", "disabled:".into()),
        ("LC_ALL", locale(options.locale.as_deref()).into()),
    ];
    if let Some(scale) = options
        .viewport
        .map(|viewport| viewport.device_scale_factor)
    {
        environment.push(("GDK_SCALE", format!("{scale}").into()));
    }
    if let Some(scheme) = options.color_scheme {
        // Pages have the look of the windows around them.
        let theme = match scheme {
            ColorScheme::Light => "Adwaita",
            ColorScheme::Dark => "Adwaita:dark",
        };
        environment.push(("GTK_THEME", theme.into()));
    }
    environment.extend(loudspeaker::environment(place.loudspeaker));
    for (variable, folder) in [
        ("HOME", "home"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_RUNTIME_DIR", "run"),
        ("TMPDIR", "tmp"),
    ] {
        let path = home.join(folder);
        private_folder(&path)?;
        environment.push((variable, path.into()));
    }
    private_folder(downloads)?;
    let places = home.join("config/user-dirs.dirs");
    let places_text = format!("XDG_DOWNLOAD_DIR=\"{}\"\n", downloads.display());
    std::fs::write(&places, places_text).map_err(|error| trouble(&places, error))?;
    Ok(environment)
}

/// The C library's name for a language; without one, English, which the browser falls back to as well.
fn locale(tag: Option<&str>) -> String {
    format!("{}.UTF-8", tag.unwrap_or("en-US").replace('-', "_"))
}

fn private_folder(path: &Path) -> Result<()> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|error| trouble(path, error))
}

fn trouble(path: &Path, source: io::Error) -> BrowserError {
    BrowserError::File {
        doing: "creating the browser profile in",
        path: path.to_owned(),
        source: Arc::new(source),
    }
}

/// The browser takes no socket that is already open, and does not tell which one it took: it is given one that was
/// free a moment ago.
async fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await?
        .local_addr()
}

/// Connects as soon as the browser listens, which nothing announces.
async fn knock(address: SocketAddr) -> TcpStream {
    loop {
        match TcpStream::connect(address).await {
            Ok(stream) if stream.set_nodelay(true).is_ok() => return stream,
            _ => tokio::time::sleep(KNOCK).await,
        }
    }
}
