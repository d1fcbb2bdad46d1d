//! Who may connect.

use crate::support::{Studio, nobody};

#[tokio::test]
async fn only_the_owner_and_only_this_servers_own_pages_may_watch() {
    let studio = Studio::show("<h1>secret</h1>").await;
    let cookie = studio.cookie.clone();
    let (path, alias) = (
        studio.path(),
        format!("/ws/sessions/{}", studio.session.id()),
    );
    for path in [&path, &alias] {
        assert_eq!(studio.refusal(path, None, None).await, 401);
        assert_eq!(
            studio
                .refusal(path, Some("proscenium_session=guess"), None)
                .await,
            401
        );
        assert_eq!(
            studio
                .refusal(path, Some(&cookie), Some("http://evil.example"))
                .await,
            403
        );
        assert_eq!(
            studio
                .refusal(path, Some(&cookie), Some("http://localhost:1"))
                .await,
            403
        );
    }
    let unknown = format!("/api/v1/sessions/{}/live", nobody());
    assert_eq!(studio.refusal(&unknown, Some(&cookie), None).await, 404);
    studio.stop().await;
}
