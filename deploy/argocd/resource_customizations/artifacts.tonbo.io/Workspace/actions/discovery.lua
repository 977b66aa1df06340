return {
  refresh = {
    displayName = "Look again now",
    iconClass = "fa fa-fw fa-sync",
    disabled = obj.spec.suspend == true
  }
}
