mod claim;
mod login;
mod logout;
mod me;
mod password;
